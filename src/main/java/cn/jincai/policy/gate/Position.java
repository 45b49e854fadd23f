package cn.jincai.policy.gate;

import cn.jincai.policy.gate.Drawn.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a case or run stands: the tokens of its diagram and of those that it called, what they hold, and what has been done and is still owed. */
final class Position {
    final Instance root;
    /** See {@link Duties}. */
    final TreeSet<String> marks;

    boolean over;

    Position(Instance root, TreeSet<String> marks) {
        this.root = root;
        this.marks = marks;
    }

    Position copy() {
        Position copy = new Position(root.copy(null), new TreeSet<>(marks));
        copy.over = over;
        return copy;
    }

    /** Two positions with the same key go on alike. */
    String key() {
        return over + " " + marks + " " + root.key();
    }

    /** Several alike go on alike. */
    void merge() {
        merge(root.scope);
    }

    private static void merge(Scope scope) {
        if (scope.tokens.size() > 1) {
            Set<String> once = new HashSet<>();
            scope.tokens.removeIf(token -> !once.add(token.key()));
        }
        for (Token token : scope.tokens) {
            if (token.inside != null) merge(token.inside);
            if (token.called != null) merge(token.called.scope);
        }
    }

    /** All tokens, those inside of others after them, in an order that a copy keeps. */
    List<Token> tokens() {
        List<Token> all = new ArrayList<>();
        collect(root.scope, all);
        return all;
    }

    private static void collect(Scope scope, List<Token> all) {
        for (Token token : scope.tokens) {
            all.add(token);
            if (token.inside != null) collect(token.inside, all);
            if (token.called != null) collect(token.called.scope, all);
        }
    }

    /** A process that was started or called. */
    static final class Instance {
        final Node process;
        /** Whether it goes under the number of the case, by which its messages come. */
        final boolean numbered;

        final TreeMap<String, Object> variables = new TreeMap<>();
        final @Nullable Token caller;
        Scope scope;

        Instance(Node process, boolean numbered, @Nullable Token caller) {
            this.process = process;
            this.numbered = numbered;
            this.caller = caller;
            scope = new Scope(process, this, null);
        }

        private Instance copy(@Nullable Token caller) {
            Instance copy = new Instance(process, numbered, caller);
            copy.variables.putAll(variables);
            copy.scope = scope.copy(copy, null);
            return copy;
        }

        private String key() {
            return process.id + (numbered ? "" : "-") + variables + scope.key();
        }
    }

    /** A process or sub-process in which tokens are. */
    static final class Scope {
        final Node around;
        final Instance instance;
        final @Nullable Token owner;
        final List<Token> tokens = new ArrayList<>();

        Scope(Node around, Instance instance, @Nullable Token owner) {
            this.around = around;
            this.instance = instance;
            this.owner = owner;
        }

        private Scope copy(Instance instance, @Nullable Token owner) {
            Scope copy = new Scope(around, instance, owner);
            for (Token token : tokens) copy.tokens.add(token.copy(copy));
            return copy;
        }

        private String key() {
            return tokens.stream().map(Token::key).sorted().collect(Collectors.joining(", ", "(", ")"));
        }
    }

    static final class Token {
        final Scope scope;
        final Node at;
        /** Variables that only what stands here has. */
        final TreeMap<String, Object> own = new TreeMap<>();

        @Nullable
        Instance called;

        @Nullable
        Scope inside;

        Token(Scope scope, Node at) {
            this.scope = scope;
            this.at = at;
        }

        private Token copy(Scope scope) {
            Token copy = new Token(scope, at);
            copy.own.putAll(own);
            if (called != null) copy.called = called.copy(copy);
            if (inside != null) copy.inside = inside.copy(scope.instance, copy);
            return copy;
        }

        String key() {
            return at.id
                    + (own.isEmpty() ? "" : own)
                    + (called == null ? "" : called.key())
                    + (inside == null ? "" : inside.key());
        }

        /** What an expression reads here under a name, the nearest first; null where there is no such variable. */
        @Nullable
        Object find(String name) {
            for (Token token = this; token != null; token = token.scope.owner) {
                Object found = token.own.get(name);
                if (found != null) return found;
            }
            return scope.instance.variables.get(name);
        }

        boolean isOfPayment() {
            return Guesses.isThere(find("paymentId"));
        }

        /** Where a variable is there already it is written, else it is the process's. */
        void set(String name, @Nullable Object value) {
            for (Token token = this; token != null; token = token.scope.owner)
                if (token.own.containsKey(name)) {
                    token.own.put(name, Guesses.kept(value));
                    return;
                }
            scope.instance.variables.put(name, Guesses.kept(value));
        }
    }
}
