@NullMarked
package io.picklift.app.conflict;

import org.jspecify.annotations.NullMarked;
