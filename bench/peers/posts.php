<?php
// Lays an empty WordPress: its tables, the measured story and the other posts. `php posts.php SITE`, the words as JSON
// on standard input; prints the story's path. Run by bench/peers/wordpress.py.

$words = json_decode(stream_get_contents(STDIN), true);
$_SERVER['HTTP_HOST'] = 'wordpress.localhost';
define('WP_INSTALLING', true);

function wp_new_blog_notification(): void {} // no mail
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

function post(string $title, string $text, int $hours, string $excerpt = ''): int {
    $at = gmdate('Y-m-d H:i:s', gmmktime(6, 12, 0, 7, 4, 2024) - $hours * 3600);
    $made = wp_insert_post(wp_slash([
        'post_title' => $title, 'post_content' => $text, 'post_excerpt' => $excerpt, 'post_status' => 'publish',
        'post_author' => 1, 'post_date' => $at, 'post_date_gmt' => $at, 'post_name' => "post-$hours",
    ]), true);
    if (is_wp_error($made)) {
        fwrite(STDERR, $made->get_error_message());
        exit(1);
    }
    return $made;
}

wp_install('The Corner Paper', 'desk', 'desk@example.org', true, '', wp_generate_password());
foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $sample) {
    wp_delete_post($sample->ID, true);
}
switch_theme($words['theme']);
update_option('permalink_structure', '/%postname%/');
foreach ($words['recent'] as $number => $headline) {
    post($headline, '<p>Its text is on its own page.</p>', $number + 1);
}
$paragraphs = array_map(fn($one) => "<!-- wp:paragraph -->\n<p>" . esc_html($one) . "</p>\n<!-- /wp:paragraph -->",
    $words['story']['text']);
post($words['story']['title'], implode("\n\n", $paragraphs), 0, $words['story']['excerpt']);
echo '/post-0/';
