@NullMarked
package io.picklift.app.throttle;

import org.jspecify.annotations.NullMarked;
