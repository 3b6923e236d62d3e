@NullMarked
package io.picklift.app.workers.lease;

import org.jspecify.annotations.NullMarked;
