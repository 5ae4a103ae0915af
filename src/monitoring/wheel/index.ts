export { createWheel, type Lateness, type Wheel, type WheelOptions } from './wheel.ts';
export { createOverload, type Overload, type OverloadOptions, type OwnPace } from './overload.ts';
export { nextTurn, phaseOf } from './rules/due-times.ts';
