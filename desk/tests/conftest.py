from notifications.tests.conftest import post_office as post_office  # a fixture, for tests here too
