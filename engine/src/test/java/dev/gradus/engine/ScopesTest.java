package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.expressions.Payload;
import dev.gradus.expressions.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ScopesTest {

    private static Scope scope(int id, String state) {
        return scope(id, state, Variables.NONE);
    }

    private static Scope scope(int id, String state, Variables variables) {
        var ready = new Scope.Ready(state, Payload.EMPTY_OBJECT);
        return new Scope(id, OptionalInt.empty(), 0, 0, variables, ready);
    }

    private static Variables variables(Randomness random) {
        return switch ((int) random.nextLong(0, 3)) {
            case 0 -> Variables.NONE;
            case 1 -> Variables.NONE.with(Payload.ofText("{\"a\":1}"));
            default -> Variables.NONE.with(Payload.ofText("{\"b\":\"long\",\"c\":[]}"));
        };
    }

    @Property(tries = 200, seed = "3")
    void behavesLikeASortedMap(@ForAll long seed) {
        var random = new Randomness(seed);
        var expected = new TreeMap<Integer, Scope>();
        var scopes = Scopes.EMPTY;
        int range = List.of(5, 40, 2_000, 3_000_000).get((int) random.nextLong(0, 4));
        for (int i = 0; i < 300; i++) {
            int id = (int) random.nextLong(0, range);
            if (random.nextLong(0, 3) == 0) {
                expected.remove(id);
                scopes = scopes.remove(id);
            } else {
                var scope = scope(id, "S" + i, variables(random));
                expected.put(id, scope);
                scopes = scopes.put(scope);
            }
        }
        var visited = new ArrayList<Scope>();
        scopes.forEach(visited::add);

        assertThat(visited).containsExactlyElementsOf(expected.values());
        assertThat(scopes.size()).isEqualTo(expected.size());
        assertThat(scopes).isEqualTo(Scopes.of(expected.values()));
        assertThat(scopes.variableBytes())
                .isEqualTo(
                        expected.values().stream().mapToLong(it -> it.variables().bytes()).sum());
        for (int id : expected.keySet()) {
            assertThat(scopes.get(id)).isSameAs(expected.get(id));
        }
    }

    @Test
    void leavesTheMapItWasMadeFromAlone() {
        var one = Scopes.EMPTY.put(scope(0, "A"));

        var two = one.put(scope(0, "B")).put(scope(70_000, "C"));

        assertThat(one.get(0)).isEqualTo(scope(0, "A"));
        assertThat(one.size()).isEqualTo(1);
        assertThat(two.remove(70_000).find(70_000)).isEmpty();
        assertThat(two.find(70_000)).isPresent();
    }

    @Test
    void missesWhatIsNotThere() {
        assertThat(Scopes.EMPTY.find(99)).isEmpty();
        assertThat(Scopes.EMPTY.remove(99)).isSameAs(Scopes.EMPTY);
        assertThatThrownBy(() -> Scopes.EMPTY.get(3)).hasMessage("no scope 3");
    }
}
