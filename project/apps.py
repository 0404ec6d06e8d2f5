from django.apps import AppConfig

from project.celery import app


class ProjectConfig(AppConfig):
    name = "project"

    def ready(self) -> None:
        app.set_default()  # so that every process rings at our own broker
