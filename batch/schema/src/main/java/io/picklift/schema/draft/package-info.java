/**
 * What is written from a profile: mapping, DDL, Protobuf and JSON Schemas, the report; and the
 * typed export that follows them.
 */
@NullMarked
package io.picklift.schema.draft;

import org.jspecify.annotations.NullMarked;
