@NullMarked
package io.picklift.app.cli.jobs;

import org.jspecify.annotations.NullMarked;
