package dev.gradus.runtime;

import dev.gradus.engine.EffectId;
import dev.gradus.engine.Scope;

/**
 * What a task token says: it routes itself and needs no table.
 *
 * @param shard that owns the execution
 * @param xid the execution
 * @param effect the attempt
 * @param nonce kept in the scope too: a token that was not given out fits nothing
 */
record TaskToken(int shard, long xid, EffectId effect, Scope.Nonce nonce) {}
