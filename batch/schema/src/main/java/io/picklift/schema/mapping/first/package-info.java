/**
 * By what ledgers of the first builds know a mapping. Start with {@code FirstFingerprint}; new
 * mappings are known by their written form.
 */
@NullMarked
package io.picklift.schema.mapping.first;

import org.jspecify.annotations.NullMarked;
