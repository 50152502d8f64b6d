/**
 * Getting a submission to the collector, exactly once as far as counting goes, or counting it here.
 *
 * On a secure page the submission is sealed, kept in the device's queue before the first attempt,
 * and tried until the collector acknowledges or refuses it; the queue outlives the page. On plain
 * http nothing is kept: it is tried once, and the respondent tries again. Without a collector it is
 * added to the device's tally and never leaves.
 */

import { queueAdd, queueAll, queueRemove } from "./device.js";
import { once } from "./element-host.js";
import { pauses, post } from "./network.js";
import { isSecure, seal } from "./seal.js";

const SEALED = "application/vnd.trust-climate.sealed";
const PLAIN = "application/json";
/** What a submission is sealed as; `wire` has the same words. */
const LABEL = "trust-climate submission/1";
/** Every submission is padded to this size, so that its length tells nothing; as `wire` has it. */
const BYTES = 2048;

/** No network, or a server that cannot just now: try again. */
const LATER = "offline";

/** Why a collector may refuse a submission for good, by the codes of its problems. */
const REFUSALS =
  "malformed too_large cannot_open edition_changed wave_unknown wave_planned wave_closed wave_released unit_unknown answers_invalid code_missing code_unknown code_used not_found";

/** Counting on this device, loaded once a wave without a collector is open. */
const counting = once(
  async (again) => {
    const [module, { tallyUpdate }] = await Promise.all(
      again
        ? [import(`./device_count.js?${again}`), import(`./tally.js?${again}`)]
        : [import("./device_count.js"), import("./tally.js")],
    );
    return { ...module, tallyUpdate };
  },
  new URL("./device_count_bg.wasm", import.meta.url),
);

/**
 * Loads what counts on this device while there is a network: a tablet may be without one when the
 * answers are sent. What fails here is tried again then.
 */
export function prepare() {
  counting().catch(() => undefined);
}

/**
 * Counts a submission on this device. Its answers are kept in the tally when this ends as `counted`;
 * otherwise nothing has been counted.
 *
 * @param {import("./load.js").Open} open
 * @param {string} text the submission's JSON
 * @returns {Promise<string>} `counted`, or `not_kept`
 */
export async function count(open, text) {
  try {
    const { count: counted, tallyUpdate } = await counting();
    await tallyUpdate(open.hash, (tally) =>
      counted(open.wave.bytes, open.survey.bytes, text, tally ?? undefined),
    );
    return "counted";
  } catch {
    return "not_kept";
  }
}

/**
 * Delivers a submission.
 *
 * @param {import("./load.js").Open} open
 * @param {string} text the submission's JSON
 * @param {() => boolean} waits says that it could not be delivered yet and waits on the device, and
 *   whether the element is still in the page; what it has queued is taken up by the next one
 * @returns {Promise<string | undefined>} `counted`; or why not: `offline`, `not_sealed` or the
 *   collector's code; nothing when the element has left
 */
export async function deliver(open, text, waits) {
  const { id, public_key: key } = open.wave.json;
  const info = new TextEncoder().encode(`${LABEL}\0${open.hash}`);
  let body;
  try {
    body = padded(text);
    if (open.secure) body = await seal(key, info, body);
  } catch {
    return "not_sealed";
  }
  if (!open.secure) return attempt(open.url, PLAIN, body);
  // Where the browser allows no storage, the submission lives as long as the page.
  const kept = await queueAdd(id, open.url, body).catch(() => undefined);
  const pause = pauses();
  let outcome = await attempt(open.url, SEALED, body);
  while (outcome === LATER) {
    waits();
    await pause();
    if (!waits()) return undefined;
    outcome = await attempt(open.url, SEALED, body);
  }
  if (kept !== undefined) await forgotten(kept);
  return outcome;
}

/**
 * Submissions of earlier visits that still wait on this device: tries all until each is
 * acknowledged or refused.
 *
 * @param {(outcome: string) => boolean} say what has become of them: `waiting` of some that still
 *   wait, at last `counted`, `too_late` when a wave had closed, or `refused`; and whether the element
 *   is still in the page
 */
export async function deliverEarlier(say) {
  if (!isSecure()) return;
  let left = await queueAll().catch(() => []);
  if (left.length === 0) return;
  let worst = "counted";
  const pause = pauses();
  for (;;) {
    const waiting = [];
    for (const one of left) {
      const outcome = await attempt(one.url, SEALED, one.body);
      if (outcome === LATER || outcome === "wave_planned") {
        waiting.push(one);
        continue;
      }
      if (outcome === "wave_closed" || outcome === "wave_released") worst = "too_late";
      else if (outcome !== "counted") worst = "refused";
      await forgotten(one.key);
    }
    left = waiting;
    if (left.length === 0) break;
    say("waiting");
    await pause();
    if (!say("waiting")) return;
  }
  say(worst);
}

/** White space after JSON means nothing, so a reader needs no rule for it. */
function padded(text) {
  const bytes = new Uint8Array(BYTES).fill(0x20);
  const { read } = new TextEncoder().encodeInto(text, bytes);
  if (read < text.length) throw new RangeError("deliver: no checked survey has so many items");
  return bytes;
}

/** Only the collector's own words count: a login page of the network says 200 or 403, too. */
async function attempt(url, type, body) {
  const reply = await post(url, type, body).catch(() => undefined);
  const { counted, code } = Object(reply?.json);
  const hundreds = Math.floor(reply?.status / 100);
  if (hundreds === 2 && counted === true) return "counted";
  if (hundreds === 4 && REFUSALS.split(" ").includes(code)) return code;
  return LATER;
}

/** At worst it is sent once more and acknowledged again. */
function forgotten(key) {
  return queueRemove(key).catch(() => undefined);
}
