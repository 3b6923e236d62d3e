@NullMarked
package io.picklift.app.estimate;

import org.jspecify.annotations.NullMarked;
