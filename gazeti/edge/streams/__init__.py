"""Streams of events (text/event-stream) to thousands of readers in one worker: what `after/<seq>/` tells, pushed.

Nothing is known here of what an event is: a view says that a stream is at an address, its neighbour tells the events.
"""
