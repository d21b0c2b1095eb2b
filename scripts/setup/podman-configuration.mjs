import { readFileSync } from 'node:fs';

/** Podman asks for a million of each unless told, and fails where the machine's own limit is lower. */
const mostFiles = 1_048_576;
const mostProcesses = 32_768;

/**
 * Podman's containers.conf for a machine without systemd.
 * `exit_command_delay`: seconds that the monitors of a command stay on after its end; 300 unless told.
 * @param {{ home: string, networks: string }} folders
 */
export function podmanConfiguration({ home, networks }) {
  const files = hardLimit('Max open files', mostFiles);
  const processes = hardLimit('Max processes', mostProcesses);
  return `[containers]
default_ulimits = ["nofile=${files}:${files}", "nproc=${processes}:${processes}"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
exit_command_delay = 10
tmp_dir = "${home}/tmp"
[network]
network_backend = "netavark"
network_config_dir = "${networks}"
`;
}

/** Registries on any port of loopback speak plain HTTP, as they may by default with Docker. */
export const registriesConfiguration = `unqualified-search-registries = []
[[registry]]
location = "127.0.0.1"
insecure = true
[[registry]]
location = "localhost"
insecure = true
`;

/** Of this process; `most` where there is none or it is higher. Source: proc(5), `limits`. */
function hardLimit(name, most) {
  const line = readFileSync('/proc/self/limits', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(name));
  const hard = Number(line?.slice(name.length).trim().split(/\s+/)[1]);
  return hard > 0 ? Math.min(hard, most) : most;
}
