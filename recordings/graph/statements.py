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
SELECT n.work_id, count(DISTINCT t.recording_id) AS recordings,
       count(DISTINCT t.recording_id) FILTER (WHERE n.position < p.position),
       count(DISTINCT t.recording_id) FILTER (WHERE n.position > p.position)
FROM recordings_play p {_SEEN} {_NEIGHBOURS}
WHERE p.work_id = %(work)s AND n.work_id <> p.work_id
GROUP BY n.work_id ORDER BY recordings DESC, n.work_id LIMIT %(limit)s
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

STEP = f"""
SELECT n.work_id, min(p.work_id)
FROM recordings_play p {_SEEN} {_NEIGHBOURS}
WHERE p.work_id = ANY(%(works)s) AND n.work_id <> ALL(%(seen)s)
GROUP BY n.work_id
"""
"""Works next to these that were not reached yet, each with the one it was reached from."""

STEP_INTO = f"""
SELECT n.work_id, p.work_id
FROM recordings_play p {_SEEN} {_NEIGHBOURS}
WHERE p.work_id = ANY(%(works)s) AND n.work_id = ANY(%(into)s) AND n.work_id <> ALL(%(seen)s)
LIMIT 1
"""

BETWEEN = f"""
SELECT asked.one, asked.other, found.recording_id
FROM unnest(%(ones)s::bigint[], %(others)s::bigint[]) AS asked (one, other)
CROSS JOIN LATERAL (
    SELECT t.recording_id FROM recordings_play p {_SEEN} {_NEIGHBOURS}
    WHERE p.work_id = asked.one AND n.work_id = asked.other
    ORDER BY t.recording_id DESC LIMIT 1
) AS found
"""

WORKS_WITH = f"""
SELECT p.work_id FROM recordings_work w JOIN recordings_play p ON p.work_id = w.id {_SEEN}
WHERE w.search @@ %(words)s::tsquery
GROUP BY p.work_id ORDER BY count(DISTINCT t.recording_id) DESC, p.work_id LIMIT %(limit)s
"""

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
