/**
 * Runs inside fresh user, mount and process namespaces, as their first process: puts the folder `$1` at `/opt/ml`, then
 * runs the rest of its arguments in the folder `$2`. The host sees none of these mounts. Writes `ready` to descriptor 3 before the command.
 *
 * Where the host has no `/opt/ml`, an empty `/opt` is laid over the host's one and its entries are bound back. They are
 * named relative to the working directory, which stays in the covered folder.
 */
const script = `
set -e
ml=$1; work=$2; shift 2
mount -t proc proc /proc 2>/dev/null || :
if [ ! -d /opt/ml ]; then
  cd /opt
  mount -t tmpfs -o mode=755 tmpfs /opt
  for entry in * .[!.]* ..?*; do
    if [ -L "$entry" ]; then cp -P "./$entry" "/opt/$entry"
    elif [ -d "$entry" ]; then mkdir "/opt/$entry"; mount -c --rbind "./$entry" "/opt/$entry"
    elif [ -e "$entry" ]; then : > "/opt/$entry"; mount -c --bind "./$entry" "/opt/$entry"
    fi
  done
  mkdir /opt/ml
fi
mount --bind "$ml" /opt/ml
cd -- "$work"
echo ready >&3
set +e
"$@" 3>&-
exit $?
`;

/**
 * The command line that runs `command` with the folder `ml` at `/opt/ml`, in the folder `work`, as it is named inside. Nothing that it starts outlives it: when the
 * first process of a process namespace ends, the kernel ends all others.
 */
export function inNamespace(ml: string, work: string, command: readonly string[]): readonly [string, ...string[]] {
  const namespaces = ["--user", "--map-root-user", "--mount", "--pid", "--fork", "--kill-child"];
  return ["unshare", ...namespaces, "--", "/bin/sh", "-c", script, "sh", ml, work, ...command];
}
