/**
 * How tables refer to each other by foreign keys. The door is {@link
 * io.picklift.schema.keys.ForeignKeys}, which a mapping chooses; {@link
 * io.picklift.schema.keys.ParentOrder} puts tables in an order in which these keys can be made.
 */
@NullMarked
package io.picklift.schema.keys;

import org.jspecify.annotations.NullMarked;
