@NullMarked
package io.picklift.app.restore;

import org.jspecify.annotations.NullMarked;
