/* Holds many event streams open and notes when each event came; told by `bench.streams_crowd`, which compiles it.
 *
 * streams_client PORT PATH COUNT FILE: opens COUNT streams from several addresses of loopback, says "open N" on
 * standard output once the heads of all answers came, and until standard input closes appends to FILE one record
 * for each event: the connection (uint32), the event's number (uint32), and CLOCK_MONOTONIC in nanoseconds (uint64).
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define AT_ONCE 200        /* connections that are being opened at a time */
#define FROM_ONE 200       /* connections from one source address, as many as Gazeti allows it */
static const char WANTED[] = "\"seq\":";

struct line { int fd; uint8_t is_open, matched; uint8_t in_number, newlines; uint32_t number; };
struct record { uint32_t line, number; uint64_t at; };

static struct line *lines;
static uint32_t opened, broken;
static FILE *out;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + t.tv_nsec;
}

static void fail(const char *what) { perror(what); exit(1); }

static void open_line(uint32_t at, int poll, int port) {
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (fd < 0) fail("socket");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(fd, IPPROTO_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, &one, sizeof one);
    struct sockaddr_in own = {.sin_family = AF_INET}, there = {.sin_family = AF_INET, .sin_port = htons(port)};
    own.sin_addr.s_addr = htonl(0x7f000101 + at / FROM_ONE);
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, (struct sockaddr *)&own, sizeof own)) fail("bind");
    if (connect(fd, (struct sockaddr *)&there, sizeof there) && errno != EINPROGRESS) fail("connect");
    lines[at].fd = fd;
    struct epoll_event wish = {.events = EPOLLOUT, .data.u32 = at};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, fd, &wish)) fail("epoll_ctl");
}

static void ask(uint32_t at, int poll, const char *request) {
    if (send(lines[at].fd, request, strlen(request), MSG_NOSIGNAL) != (ssize_t)strlen(request)) fail("send");
    struct epoll_event wish = {.events = EPOLLIN, .data.u32 = at};
    epoll_ctl(poll, EPOLL_CTL_MOD, lines[at].fd, &wish);
}

static void note(uint32_t at, uint32_t number, uint64_t when) {
    struct record one = {at, number, when};
    fwrite(&one, sizeof one, 1, out);
}

/* Look for the end of the head, then for numbers, wherever the reads happen to cut the text. */
static void take(uint32_t at, const char *text, ssize_t size, uint64_t when) {
    struct line *line = &lines[at];
    for (ssize_t i = 0; i < size; i++) {
        char c = text[i];
        if (!line->is_open) {
            line->newlines = c == '\n' ? line->newlines + 1 : c == '\r' ? line->newlines : 0;
            if (line->newlines == 2) { line->is_open = 1; opened++; }
        } else if (line->in_number) {
            if (c >= '0' && c <= '9') line->number = line->number * 10 + (c - '0');
            else if (c != ' ' || line->number) { line->in_number = 0; note(at, line->number, when); }
        } else if (c == WANTED[line->matched]) {
            if (!WANTED[++line->matched]) { line->matched = 0; line->in_number = 1; line->number = 0; }
        } else line->matched = c == WANTED[0];
    }
}

int main(int argc, char **argv) {
    if (argc != 5) { fprintf(stderr, "streams_client PORT PATH COUNT FILE\n"); return 2; }
    int port = atoi(argv[1]), poll = epoll_create1(0), has_told = 0;
    uint32_t count = atoi(argv[3]), begun = 0;
    static char request[2048], text[65536];
    snprintf(request, sizeof request,
             "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: text/event-stream\r\n\r\n", argv[2], port);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    lines = calloc(count, sizeof *lines);
    out = fopen(argv[4], "wb");
    if (!lines || !out || poll < 0) fail("start");
    setvbuf(out, NULL, _IOFBF, 1 << 24);
    struct epoll_event ends = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
    epoll_ctl(poll, EPOLL_CTL_ADD, 0, &ends);
    static struct epoll_event ready[1024];
    for (;;) {
        while (begun < count && begun - opened - broken < AT_ONCE) open_line(begun++, poll, port);
        if (!has_told && opened + broken == count) { has_told = printf("open %u\n", opened); fflush(stdout); }
        int found = epoll_wait(poll, ready, 1024, 1000);
        for (int i = 0; i < found; i++) {
            uint32_t at = ready[i].data.u32;
            if (at == UINT32_MAX) {
                if (read(0, text, sizeof text) > 0) continue;
                fclose(out);
                return 0;
            }
            if (ready[i].events & EPOLLOUT) { ask(at, poll, request); continue; }
            ssize_t size = recv(lines[at].fd, text, sizeof text, 0);
            if (size > 0) take(at, text, size, now());
            else if (size == 0 || errno != EAGAIN) {
                epoll_ctl(poll, EPOLL_CTL_DEL, lines[at].fd, NULL);
                close(lines[at].fd);
                if (!lines[at].is_open) broken++;
            }
        }
    }
}
