"""How it is: what all processes, worker, beat and backups left in the database, judged and shown to administrators.

Nothing here asks Redis or a worker: what is told is as true while they are away.
"""
