#!/usr/bin/env bash
# Makes the list of classes-ahead anew from a second start of target/jincai.jar: which classes of the libraries and of ours it loads, in their order. The first
# few hundred are left out: the start is at them before a second thread could be ahead of it. A class that two loaders have is told once. Run after `mvn package`, from the project's root.
set -euo pipefail
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -r bpmn forms target/jincai.jar "$folder"
cd "$folder"
zip -qd jincai.jar META-INF/classes-ahead.txt    # else what only the old list loads would stay in the new one
for start in first second; do
    java -Xlog:class+load:file=classes.txt -jar jincai.jar --server.port=18099 > log.txt 2>&1 &
    process=$!
    until curl -sf -o /dev/null http://127.0.0.1:18099/actuator/health/readiness; do kill -0 $process; sleep 0.2; done
    kill $process
    wait $process || true
done
grep 'source: jar:' classes.txt | sed -E 's/^(\[[^]]*\])+ *([^ ]+) source.*/\2/' | grep -v -e 'Lambda' -e '\$\$' -e '\$Proxy' | tail -n +500 | awk '!told[$0]++' > "$root/src/main/resources/META-INF/classes-ahead.txt"
