-- Stacks of more encodings, and recipes that hold what stands around a pickle: a header, a signature, the rest of a JSON object.
-- May run again after it was interrupted, as MySQL has no transactions for DDL.

ALTER TABLE picklift_save
  -- Around the pickle, outermost first, like base64+zlib; empty for a bare pickle.
  MODIFY encodings VARCHAR(200) NOT NULL DEFAULT '';

ALTER TABLE picklift_archive
  -- How to encode the pickle again, where that gives the BLOB's bytes, like base64:plain zlib:6.
  MODIFY encoding_recipe VARCHAR(4000);

ALTER TABLE picklift_quarantine
  -- null, empty, not-a-pickle, json, plain-text, truncated, malformed, damaged, limit, encoding, engines-disagree, wrong-root,
  -- unfit, adapter, refused-by-target, poison. What each means and what to do stands in the README's page of commands.
  MODIFY reason VARCHAR(32) NOT NULL;
