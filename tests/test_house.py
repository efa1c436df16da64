import subprocess
import sys

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_no_migration_is_missing():
    subprocess.run([sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"], check=True)
