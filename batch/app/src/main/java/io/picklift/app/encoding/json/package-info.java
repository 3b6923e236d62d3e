/**
 * JSON: a pickle in a JSON string or a member of an object, and JSON that stands in a pickle's
 * place, which becomes the pickle of the same value.
 */
@NullMarked
package io.picklift.app.encoding.json;

import org.jspecify.annotations.NullMarked;
