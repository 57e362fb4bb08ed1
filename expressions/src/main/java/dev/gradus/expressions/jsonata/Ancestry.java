package dev.gradus.expressions.jsonata;

import dev.gradus.expressions.jsonata.Part.Shape;
import dev.gradus.expressions.jsonata.Part.Slot;
import java.util.ArrayList;

/**
 * Finds the step that each {@code %} means, level by level up the path it stands in, and makes that
 * step remember the item before it under the label of the slot.
 */
final class Ancestry {
    private int slots;

    /** Makes the slot of one {@code %}; no variable name begins like its label. */
    Slot slot() {
        return new Slot("!" + slots++);
    }

    /** Hands what a part still seeks to the part around it. */
    static void pass(Part from, Part to) {
        var sought = from.seeking();
        if (sought == null && !(from.shape() instanceof Shape.Parent)) {
            return;
        }
        var slots = sought == null ? new ArrayList<Slot>() : sought;
        if (from.shape() instanceof Shape.Parent(var slot)) {
            slots.add(slot);
        }
        var known = to.seeking();
        if (known == null) {
            to.seek(slots);
        } else {
            known.addAll(new ArrayList<>(slots));
        }
    }

    /** Resolves what the last step of a path seeks among the steps before it. */
    void resolve(Part path) {
        var steps = ((Shape.Path) path.shape()).steps();
        var last = steps.getLast();
        var sought = last.seeking();
        var slots = sought == null ? new ArrayList<Slot>() : sought;
        if (last.shape() instanceof Shape.Parent(var slot)) {
            slots.add(slot);
        }
        for (var slot : new ArrayList<>(slots)) {
            var at = steps.size() - 2;
            while (slot.level() > 0) {
                if (at < 0) {
                    seekFurther(path, slot);
                    break;
                }
                var step = steps.get(at--);
                while (at >= 0 && step.focus().isPresent() && steps.get(at).focus().isPresent()) {
                    step = steps.get(at--); // bindings side by side have one parent
                }
                seek(step, slot);
            }
        }
    }

    private static void seekFurther(Part path, Slot slot) {
        var known = path.seeking();
        if (known == null) {
            var slots = new ArrayList<Slot>();
            slots.add(slot);
            path.seek(slots);
        } else {
            known.add(slot);
        }
    }

    /**
     * Goes up by what one part selects.
     *
     * @throws JsonataSyntaxException S0217 if nobody can tell the parent of such a part
     */
    void seek(Part part, Slot slot) {
        switch (part.shape()) {
            case Shape.Name _, Shape.Wildcard _ -> {
                slot.down();
                if (slot.level() == 0) {
                    part.ancestor().ifPresent(slot::share);
                    part.rememberFor(slot);
                    part.makeTuple();
                }
            }
            case Shape.Parent _ -> slot.up();
            case Shape.Block(var expressions) -> {
                if (!expressions.isEmpty()) {
                    part.makeTuple();
                    seek(expressions.getLast(), slot);
                }
            }
            case Shape.Path(var steps) -> {
                part.makeTuple();
                var at = steps.size() - 1;
                seek(steps.get(at--), slot);
                while (slot.level() > 0 && at >= 0) {
                    seek(steps.get(at--), slot);
                }
            }
            default -> throw Tokenizer.failure("S0217", part.position);
        }
    }
}
