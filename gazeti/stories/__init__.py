"""Stories, sections, authors and topics. How they are shown or sent is known upstairs."""
