"""The launcher: `python manage.py start` brings up all parts, watches them and takes them down."""
