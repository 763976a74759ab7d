"""How a request for information comes in."""

from django.db import models


class Channel(models.TextChoices):
    """The way a request came; each fixes the day of receipt differently (R711 art. 31)."""

    IN_PERSON = "in_person", "当面提交"
    SIGNED_POST = "signed_post", "邮寄（签收）"
    PLAIN_POST = "plain_post", "平常信函"
    INTERNET = "internet", "互联网"
    FAX = "fax", "传真"
