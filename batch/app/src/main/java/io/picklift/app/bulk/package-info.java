/**
 * Many rows into the target at a time: by LOAD DATA LOCAL from memory where the server takes it,
 * else by INSERT. Start reading at {@link io.picklift.app.bulk.BulkSender}. What rows there are is
 * for others; nothing in here begins or ends a transaction.
 */
@NullMarked
package io.picklift.app.bulk;

import org.jspecify.annotations.NullMarked;
