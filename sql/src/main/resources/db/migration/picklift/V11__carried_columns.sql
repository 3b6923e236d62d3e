-- The hash of what a source row brings into the target beside its save: a change of it is a change of the row.
ALTER TABLE picklift_save ADD COLUMN carried_sha256 BINARY(32);
