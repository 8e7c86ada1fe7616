// chrome.storage as far as the settings need it, in Node: values are copied in and out as JSON, as
// the browser does, and storage.sync has the browser's quota.

const ITEM = 8_192;
const TOTAL = 102_400;

/** @typedef {Record<string, { oldValue?: any, newValue?: any }>} Changes */

/** One person's synchronisation, shared by devices. */
export class Cloud {
  /** @type {Record<string, string>} */
  items = {};
  /** @type {Device[]} */
  devices = [];
  refuses = false;
}

/** One browser: `use()` makes it the one that `chrome` speaks to. */
export class Device {
  /** @type {Record<string, string>} */
  local = {};
  /** @type {((changes: Changes, area: string) => void)[]} */
  listeners = [];

  /** @param {Cloud} cloud */
  constructor(cloud) {
    this.cloud = cloud;
    cloud.devices.push(this);
  }

  use() {
    const runtime = {
      onStartup: { addListener() {} },
      onInstalled: { addListener() {} },
    };
    const storage = {
      local: this.area('local'),
      sync: this.area('sync'),
      onChanged: {
        /** @param {(changes: Changes, area: string) => void} listener */
        addListener: (listener) => this.listeners.push(listener),
      },
    };
    Object.assign(globalThis, { chrome: { runtime, storage } });
    // Node 20 has no locks, and one context needs none.
    Object.defineProperty(globalThis, 'navigator', {
      configurable: true,
      value: {
        locks: {
          request: (/** @type {string} */ _name, /** @type {() => unknown} */ work) => work(),
        },
      },
    });
  }

  /** @param {'local' | 'sync'} name */
  area(name) {
    const items = () => (name === 'local' ? this.local : this.cloud.items);
    return {
      /** @param {string | string[] | null} keys */
      get: async (keys) => {
        const wanted = keys === null ? Object.keys(items()) : [keys].flat();
        return Object.fromEntries(
          wanted
            .filter((key) => key in items())
            .map((key) => [key, JSON.parse(items()[key] ?? '')]),
        );
      },
      /** @param {Record<string, unknown>} given */
      set: async (given) => {
        const next = Object.entries(given).map(([key, value]) => [key, JSON.stringify(value)]);
        if (name === 'sync') this.refuse({ ...items(), ...Object.fromEntries(next) });
        this.put(name, items(), next);
      },
    };
  }

  /** @param {Record<string, string>} items */
  refuse(items) {
    if (this.cloud.refuses) throw new Error('MAX_WRITE_OPERATIONS_PER_MINUTE');
    const sizes = Object.entries(items).map(([key, text]) => Buffer.byteLength(key + text));
    if (sizes.some((size) => size > ITEM)) throw new Error('QUOTA_BYTES_PER_ITEM');
    if (sizes.reduce((a, b) => a + b, 0) > TOTAL) throw new Error('QUOTA_BYTES');
  }

  /** @param {string} name @param {Record<string, string>} items @param {string[][]} next */
  put(name, items, next) {
    /** @type {Changes} */
    const changes = {};
    for (const [key = '', text = ''] of next) {
      if (items[key] === text) continue;
      changes[key] = { newValue: JSON.parse(text) };
      if (items[key] !== undefined) changes[key].oldValue = JSON.parse(items[key]);
      items[key] = text;
    }
    const told = name === 'local' ? [this] : this.cloud.devices;
    if (Object.keys(changes).length === 0) return;
    for (const device of told) for (const tell of device.listeners) tell(changes, name);
  }
}
