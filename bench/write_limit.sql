-- What PostgreSQL allows at most: lock, event, update and jobs of one `start_review`, under all guards.
-- Variables: first, clients, actor, number (-1 at the start).
\set number :number + 1
\set target :first + :client_id + :clients * :number
BEGIN;
SELECT 1 FROM submissions_submission submission JOIN labels_label label ON label.id = submission.label_id
WHERE submission.id = :target FOR NO KEY UPDATE OF submission FOR SHARE OF label;
INSERT INTO submissions_event (submission_id, sequence, transition, from_state, to_state, actor_id, actor_role,
    recorded_at, key, payload, private, note, salt, content_digest, previous_digest, digest, format)
SELECT submission_id, sequence + 1, 'start_review', to_state, 'in_review', :actor, 'reviewer',
    now(), gen_random_uuid(), '{}', '{}', '', substr(digest, 1, 16), sha256(salt), digest, sha256(digest), format
FROM submissions_event WHERE submission_id = :target ORDER BY sequence DESC LIMIT 1
RETURNING id AS event \gset
UPDATE submissions_submission
SET state = 'in_review', version = 2, turn = 2, moved_at = now(), opened_at = now(), opened_by_id = :actor,
    previous_id = NULL, submitted_at = submitted_at, due_at = due_at, expires_at = expires_at, answered_at = NULL,
    lapsed_at = NULL, is_in_time = NULL, reason = '', dead_links = '{}', release_on = NULL, catalogue_number = ''
WHERE id = :target;
SELECT procrastinate_defer_jobs_v1(ARRAY[
    ('default', 'notifications.announce', 0, NULL, NULL, '{"event_id": :event}', NULL),
    ('default', 'desk.recognise', 0, NULL, NULL, '{"event_id": :event}', NULL),
    ('default', 'insights.keep', 0, NULL, NULL, '{"event_id": :event}', NULL)
]::procrastinate_job_to_defer_v1[]);
COMMIT;
