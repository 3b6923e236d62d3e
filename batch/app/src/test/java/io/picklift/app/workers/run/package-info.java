@NullMarked
package io.picklift.app.workers.run;

import org.jspecify.annotations.NullMarked;
