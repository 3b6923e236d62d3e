@NullMarked
package io.picklift.app.monitor;

import org.jspecify.annotations.NullMarked;
