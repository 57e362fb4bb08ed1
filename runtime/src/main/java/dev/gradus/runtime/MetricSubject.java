package dev.gradus.runtime;

import dev.gradus.runtime.spi.MetricDatum.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a metric was counted for.
 *
 * @param region where it is told of
 * @param name the value of the dimension that names it: an ARN, or an operation
 * @param qualifier the version or alias by which a machine was started, if this counts those apart
 */
public record MetricSubject(
        String region, Metric.Of of, String name, Optional<Dimension> qualifier) {

    /** Returns AWS's dimensions of it. */
    public List<Dimension> dimensions() {
        var dimensions = new ArrayList<Dimension>(2);
        dimensions.add(new Dimension(of.dimension(), name));
        qualifier.ifPresent(dimensions::add);
        return dimensions;
    }
}
