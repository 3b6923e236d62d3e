@NullMarked
package io.picklift.app.companion;

import org.jspecify.annotations.NullMarked;
