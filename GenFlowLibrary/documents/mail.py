"""E-mails (.eml): what the head says, the body's blocks, the attached files."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from GenFlowLibrary.core.errors import DocumentError
from GenFlowLibrary.documents.document import Attachment, Document
from GenFlowLibrary.documents.encodings import decoded
from GenFlowLibrary.documents.plain import read_plain
from GenFlowLibrary.documents.web import read_web

_HEAD = ("from", "to", "cc", "subject", "date", "reply-to", "message-id")


def read_mail(content: bytes, name: str) -> Document:
    """Returns an e-mail. The plain text is read where there is one, else the HTML.

    Raises:
        DocumentError: the file has no head of an e-mail.
    """
    message = message_from_bytes(content, policy=policy.default)
    details = {key: " ".join(str(message[key]).split()) for key in _HEAD if message[key]}
    if not isinstance(message, EmailMessage) or not {"from", "subject", "to"} & details.keys():
        raise DocumentError(
            f"Expected '{name}' to be an e-mail with From, To or Subject at its head, found none of them: save it again as .eml."
        )
    body = message.get_body(("plain", "html"))
    text = _text(body, name) if body is not None else ""
    read = (
        read_web(text, name)
        if body is not None and body.get_content_subtype() == "html"
        else read_plain(text, name)
    )
    attached = [_attachment(part, number) for number, part in enumerate(message.iter_attachments(), 1)]
    return Document(name, read.blocks, read.tables, details, tuple(attached))


def _text(part: Any, name: str) -> str:
    content = part.get_payload(decode=True) or b""
    charset = part.get_content_charset()
    try:
        return decoded(content, name, charset)
    except DocumentError:
        # A head that names the wrong encoding is common; the bytes themselves know better.
        return decoded(content, name)


def _attachment(part: Any, number: int) -> Attachment:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_content()
        return Attachment(part.get_filename() or f"message-{number}.eml", inner.as_bytes())
    return Attachment(part.get_filename() or f"attachment-{number}", part.get_payload(decode=True) or b"")
