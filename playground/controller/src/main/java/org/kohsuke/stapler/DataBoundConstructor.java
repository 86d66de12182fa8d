package org.kohsuke.stapler;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Marks the constructor that {@code DescribableModel} calls. */
@Retention(RetentionPolicy.RUNTIME)
public @interface DataBoundConstructor {}
