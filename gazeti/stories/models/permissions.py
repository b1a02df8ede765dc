"""What somebody may do with a page, where that is not what Wagtail says."""

from wagtail.locks import ScheduledForPublishLock
from wagtail.models import PagePermissionTester


class FrontPermissions(PagePermissionTester):
    """Sections and pages about the paper are made by whoever may change the front: reporters add stories alone."""

    def can_add_subpage(self) -> bool:
        """Whether a section or an information page may be added."""
        return super().can_add_subpage() and (self.user.is_superuser or "change" in self.permissions)


class StoryPermissions(PagePermissionTester):
    """An update that waits for its time locks the form, and must not keep a wrong story out there."""

    def can_unpublish(self) -> bool:
        """Whether it may be taken down; its schedule ends with that."""
        if not isinstance(self.page.get_lock(), ScheduledForPublishLock):
            return bool(super().can_unpublish())
        may = self.user.is_superuser or "publish" in self.permissions
        return bool(self.user.is_active and self.page.live and may)
