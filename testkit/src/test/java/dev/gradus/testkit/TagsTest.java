package dev.gradus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.runtime.ApiException;
import dev.gradus.runtime.Arn;
import dev.gradus.runtime.ErrorShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tags of machines and activities. */
final class TagsTest {
    private static final String PASS =
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}";

    private final Sim sim = new Sim(5);
    private final Arn.StateMachine machine = sim.create("m", PASS);

    private void tag(Arn.Taggable resource, Map<String, String> tags) {
        sim.ask(gradus -> gradus.tags().tag(resource, tags));
    }

    private Map<String, String> tags(Arn.Taggable resource) {
        return sim.ask(gradus -> gradus.tags().list(resource));
    }

    private static Map<String, String> numbered(int from, int to) {
        var tags = new LinkedHashMap<String, String>();
        for (int i = from; i < to; i++) {
            tags.put("key-" + i, "value-" + i);
        }
        return tags;
    }

    @Test
    void tagsComeInTheOrderOfTheirKeysAndSurviveACrash() {
        tag(machine, Map.of("b", "1"));
        tag(machine, Map.of("a", "2"));
        tag(machine, Map.of("b", "3"));
        sim.ask(gradus -> gradus.tags().untag(machine, List.of("c", "c")));
        sim.node().crash();
        sim.node().restart();

        assertThat(tags(machine)).containsExactly(Map.entry("b", "3"), Map.entry("a", "2"));
        sim.ask(gradus -> gradus.tags().untag(machine, List.of("b", "a")));
        assertThat(tags(machine)).isEmpty();
    }

    @Test
    void aResourceHasFiftyTagsAtMost() {
        tag(machine, numbered(0, 50));
        tag(machine, numbered(10, 20));

        assertThatThrownBy(() -> tag(machine, Map.of("one", "more")))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> {
                            assertThat(refused.shape()).isEqualTo(ErrorShape.TooManyTags);
                            assertThat(refused.members())
                                    .containsEntry("resourceName", machine.text());
                        });
        assertThat(tags(machine)).isEqualTo(numbered(0, 50));
        assertThatThrownBy(() ->
                        sim.ask(gradus ->
                                gradus.activities().create(Machine.WORK, numbered(0, 51))))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> sim.ask(gradus -> gradus.activities().describe(Machine.WORK)))
                .as("what is refused is not created")
                .isInstanceOf(ApiException.class);
    }

    @Test
    void anActivityKeepsItsFirstTagsAndTakesThemWithIt() {
        sim.ask(gradus -> gradus.activities().create(Machine.WORK, Map.of("a", "1")));
        sim.ask(gradus -> gradus.activities().create(Machine.WORK, Map.of("b", "2")));
        assertThat(tags(Machine.WORK)).isEqualTo(Map.of("a", "1"));

        sim.ask(gradus -> gradus.activities().delete(Machine.WORK));
        assertThatThrownBy(() -> tags(Machine.WORK))
                .hasMessage("Resource not found: '" + Machine.WORK.text() + "'");
        sim.ask(gradus -> gradus.activities().create(Machine.WORK, Map.of()));
        assertThat(tags(Machine.WORK)).isEmpty();
    }

    @Test
    void whatDoesNotExistHasNoTags() {
        var absent = new Arn.StateMachine(Machine.PLACE, "absent");
        for (var call :
                List.<Runnable>of(
                        () -> tags(absent),
                        () -> tag(absent, Map.of()),
                        () -> sim.ask(gradus -> gradus.tags().untag(absent, List.of("a"))))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            refused ->
                                    assertThat(refused.shape())
                                            .isEqualTo(ErrorShape.ResourceNotFound))
                    .hasMessage("Resource not found: '" + absent.text() + "'");
        }
    }
}
