"""The SQL of the graph's questions. Each reads the index of plays by work, and neighbours from that by position."""
# ruff: noqa: S608  # our own joins are put together, values are not

_SEEN = """
JOIN recordings_tracklist t ON t.id = p.tracklist_id AND t.is_main
JOIN recordings_recording r ON r.id = t.recording_id AND r.shelf_id = ANY(%(shelves)s)
"""
_NEIGHBOURS = """
JOIN recordings_play n ON n.tracklist_id = p.tracklist_id AND n.position IN (p.position - 1, p.position + 1)
"""

NEXT_TO = f"""
SELECT w.reference, w.artist, w.title, w.mix, counted.recordings, counted.before, counted.after FROM (
    SELECT n.work_id AS work, count(DISTINCT t.recording_id) AS recordings,
           count(DISTINCT t.recording_id) FILTER (WHERE n.position < p.position) AS before,
           count(DISTINCT t.recording_id) FILTER (WHERE n.position > p.position) AS after
    FROM recordings_play p {_SEEN} {_NEIGHBOURS}
    WHERE p.work_id = %(work)s AND n.work_id <> p.work_id
    GROUP BY n.work_id ORDER BY recordings DESC, n.work_id LIMIT %(limit)s
) AS counted JOIN recordings_work w ON w.id = counted.work
ORDER BY counted.recordings DESC, w.id
"""

SHARING = """
WITH own AS (
    SELECT DISTINCT p.work_id FROM recordings_play p
    JOIN recordings_tracklist t ON t.id = p.tracklist_id AND t.is_main
    WHERE t.recording_id = %(recording)s AND p.work_id IS NOT NULL
), counted AS (
    SELECT p.tracklist_id, count(DISTINCT p.work_id) AS works
    FROM own JOIN recordings_play p ON p.work_id = own.work_id GROUP BY p.tracklist_id
)
SELECT t.recording_id, p.works FROM counted p
JOIN recordings_tracklist t ON t.id = p.tracklist_id AND t.is_main
JOIN recordings_recording r ON r.id = t.recording_id AND r.shelf_id = ANY(%(shelves)s)
WHERE t.recording_id <> %(recording)s
ORDER BY p.works DESC, t.recording_id DESC LIMIT %(limit)s
"""

AROUND = f"""
SELECT DISTINCT p.work_id, n.work_id FROM recordings_play p {_SEEN} {_NEIGHBOURS}
WHERE p.work_id = ANY(%(works)s) AND n.work_id IS NOT NULL
"""
"""What was played next to each of these works."""

FURTHER = f"""
WITH first AS MATERIALIZED (
    SELECT n.work_id AS work, min(p.work_id) AS origin FROM recordings_play p {_SEEN} {_NEIGHBOURS}
    WHERE p.work_id = ANY(%(works)s) AND n.work_id IS NOT NULL GROUP BY n.work_id
), near AS MATERIALIZED (
    SELECT origin, work FROM first WHERE work = ANY(%(into)s) ORDER BY work LIMIT 1
)
SELECT origin, work, NULL::bigint FROM near
UNION ALL (
    SELECT first.origin, first.work, n.work_id
    FROM first JOIN recordings_play p ON p.work_id = first.work {_SEEN} {_NEIGHBOURS}
    WHERE n.work_id = ANY(%(into)s) AND NOT EXISTS (SELECT FROM near) LIMIT 1
)
"""
"""One way from some works into others: over one more work that is one of those, else over two; no row for none."""

ALONG = f"""
SELECT w.reference, w.artist, w.title, w.mix, found.reference, found.title
FROM unnest(%(works)s::bigint[], %(before)s::bigint[]) WITH ORDINALITY AS asked (work, before, place)
JOIN recordings_work w ON w.id = asked.work
LEFT JOIN LATERAL (
    SELECT r.reference, r.title FROM recordings_play p {_SEEN} {_NEIGHBOURS}
    WHERE p.work_id = asked.before AND n.work_id = asked.work ORDER BY r.id DESC LIMIT 1
) AS found ON true
ORDER BY asked.place
"""
"""The works of a way, each with a recording in which it was played next to the one before."""

WORKS_WITH = f"""
SELECT p.work_id FROM recordings_work w JOIN recordings_play p ON p.work_id = w.id {_SEEN}
WHERE w.search @@ %(words)s::tsquery
GROUP BY p.work_id ORDER BY count(DISTINCT t.recording_id) DESC, p.work_id LIMIT %(limit)s
"""

PLAYS_OF = """
WITH played AS MATERIALIZED (
    SELECT p.id, p.tracklist_id, p.position FROM unnest(%s::text[]) AS asked (digest)
    JOIN recordings_work w USING (digest) JOIN recordings_play p ON p.work_id = w.id
)
SELECT p.id FROM played p
JOIN recordings_tracklist t ON t.id = p.tracklist_id AND t.is_main
JOIN recordings_recording r ON r.id = t.recording_id AND r.shelf_id = ANY(%s)
ORDER BY t.recording_id DESC, p.position LIMIT %s
"""
"""Plays of works by their digests; looked up by work first, whatever the planner knows of shelves."""

BESIDE = """
SELECT n.id FROM recordings_play p
JOIN recordings_play n ON n.tracklist_id = p.tracklist_id AND n.position IN (p.position - 1, p.position + 1)
WHERE p.id = ANY(%s)
"""
"""What was played right before and after these plays."""

FOLLOWERS = """
SELECT a.reference, b.reference, count(DISTINCT t.recording_id)
FROM recordings_play p
JOIN recordings_tracklist t ON t.id = p.tracklist_id AND t.is_main
JOIN recordings_recording r ON r.id = t.recording_id
JOIN recordings_play n ON n.tracklist_id = p.tracklist_id AND n.position = p.position + 1
JOIN recordings_work a ON a.id = p.work_id
JOIN recordings_work b ON b.id = n.work_id AND b.id <> a.id
WHERE %(shelves)s::bigint[] IS NULL OR r.shelf_id = ANY(%(shelves)s::bigint[])
GROUP BY a.id, b.id ORDER BY a.id, b.id
"""
