"""What lower apps leave to higher ones, by name: `kit.jobs.announce`, the door of dates, and `verify_history`."""

# What happens in lower apps, and the procrastinate tasks that higher ones have for it
LISTENERS: dict[str, list[str]] = {
    "event": ["notifications.announce", "desk.update_fingerprints", "insights.keep", "studio.follow_demo"],
    "message": ["notifications.announce_message"],
    "release_event": ["insights.keep_release"],
    "deal_end": ["releases.drop_ended"],
    "redaction": ["insights.keep"],
    "backlog": ["workspace.tell_backlog"],
    "suspension": [
        *("notifications.announce_suspension", "workspace.tell_suspension"),
        "insights.heed_suspension",
    ],
    "anonymisation": [
        *("catalog.forget_profile", "submissions.redact_person"),
        *("releases.redact_person", "workspace.forget_addresses", "notifications.forget_addresses"),
        *("studio.forget_person", "notifications.forget_studio"),
        "privacy.forget_person",
        "activity.forget_person",
    ],
    "record": ["activity.record"],
    "failed_sign_in": ["activity.record_failed_sign_in"],
    "departure": ["desk.hand_back", "notifications.send_farewell"],
    "rename": ["studio.follow_names"],
    "profile_change": ["activity.log_profile"],
    "verification": ["workspace.tell_verified"],
    "proof_question": ["workspace.tell_asked_back"],
    "invitation": ["notifications.send_invitation"],
    "share_link": ["notifications.send_share_link"],
    "reminder": ["notifications.announce_reminder"],
    "clearings": ["workspace.tell_clearings"],
    "late_deliverables": ["notifications.remind_of_deliverables"],
    "dead_deliverable": ["notifications.tell_dead_deliverable"],
    "master_match": ["activity.log_match"],
    "new_project": ["studio.look_up_song"],
    "studio_event": ["notifications.tell_studio"],
    "recording": ["recordings.match", "recordings.read_cue", "recordings.find_music"],
}

# What higher apps do in place of the submissions' door: functions like `submissions.workflow.perform`
SUBMISSION_DOORS = {"schedule": "releases.service.schedule_submission"}

# What `verify_history` checks besides single histories: functions from references (None: all) to faults
HISTORY_CHECKS = [
    "submissions.splits.history_checks.sheet_faults",
    "submissions.deliverables.history_checks.deliverable_faults",
    "submissions.conversation.history_checks.message_faults",
    "submissions.reminders.history_checks.reminder_faults",
    "notifications.history_checks.announcement_faults",
    "releases.verification.release_faults",
]
