@NullMarked
package io.picklift.app.bulk;

import org.jspecify.annotations.NullMarked;
