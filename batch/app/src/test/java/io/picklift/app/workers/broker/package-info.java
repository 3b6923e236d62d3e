@NullMarked
package io.picklift.app.workers.broker;

import org.jspecify.annotations.NullMarked;
