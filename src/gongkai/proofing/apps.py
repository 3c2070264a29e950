"""Style book, proof runs, decisions."""

from django.apps import AppConfig


class ProofingConfig(AppConfig):
    name = "gongkai.proofing"
    verbose_name = "校对"
