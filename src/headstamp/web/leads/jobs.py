"""Work done in the background: an e-mail that says there is something to read, and nothing of it.

E-mail leaves the workspace, so it holds no more than the number of a lead.
"""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.dispatch import receiver
from django_tasks import task

from headstamp.web.audit.actions import record, writing
from headstamp.web.leads.models import Notification
from headstamp.web.processes.given_up import job_given_up

TEXT: Final = (
    "{kind}.\n\nSign in to Headstamp and open lead {number}.\n\n"
    "This message holds nothing of the lead itself. Do not answer it.\n"
)
GIVEN_UP: Final = "The server was stopped five times while it was sending this."


@task()
def send_mail(notification_id: str) -> None:
    """Send the message of a notification; that it failed is kept beside it."""
    waiting = Notification.objects.filter(mail=Notification.Mail.WAITING)
    found = waiting.select_related("person", "lead").filter(pk=notification_id).first()
    if found is None:
        return
    try:
        _message(found).send()
    except (OSError, SMTPException, ValueError, ImportError) as error:
        _note(found, fault=f"{type(error).__name__}: {error}"[:200])
    else:
        _note(found)


def _message(found: Notification) -> EmailMessage:
    urgent = "Public safety: " if found.is_urgent else ""
    return EmailMessage(
        subject=f"Headstamp: {urgent}lead {found.lead.number}",
        body=TEXT.format(kind=found.get_kind_display(), number=found.lead.number),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[found.person.email],
    )


def _note(found: Notification, fault: str = "") -> None:
    with writing():
        found.mail = Notification.Mail.FAILED if fault else Notification.Mail.SENT
        found.mail_fault = fault
        found.save(update_fields=["mail", "mail_fault"])
        outcome = "failed" if fault else "done"
        record("leads.mailed", by=None, about=found, outcome=outcome)


@receiver(job_given_up)
def say_given_up(sender: Any, task: str, arguments: list[Any], **kwargs: Any) -> None:
    """Say beside the notification that its message is not tried again."""
    if task == send_mail.module_path:
        found = Notification.objects.filter(pk=arguments[0], mail=Notification.Mail.WAITING).first()
        if found is not None:
            _note(found, fault=GIVEN_UP)
