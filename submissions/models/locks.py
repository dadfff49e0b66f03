"""How rows are locked where Django has no words for it."""

# NO KEY: a next try may still refer to this row as its previous one. Django has no FOR SHARE.
HOLD = """
SELECT 1 FROM submissions_submission submission JOIN labels_label label ON label.id = submission.label_id
WHERE submission.id = %s FOR NO KEY UPDATE OF submission FOR SHARE OF label
"""
