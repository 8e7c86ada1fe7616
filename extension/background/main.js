// Entry of the service worker (Chromium) and the event page (Firefox). Listeners are added while it
// starts, or the event that woke it is lost.
import { forgetWithSwitch } from './memory.js';
import { listen } from './messages.js';

listen();
forgetWithSwitch();
