import { createContext, use } from 'react';

/** How much of what explains a page stands on it: all that is told there, or on a wall without room for it less, and how much more the reader has. */
export interface WallRoom {
  /** Restated figures below a table or drawing, and reasons of each. */
  readonly figures: number;
  readonly reasons: number;
  /** Marks of a drawing that differ. */
  readonly marks: number;
}

/** The first where there is room. */
export const ROOMS: readonly [WallRoom, ...WallRoom[]] = [
  { figures: 6, reasons: 3, marks: 6 },
  { figures: 4, reasons: 1, marks: 6 },
  { figures: 2, reasons: 1, marks: 4 },
  { figures: 0, reasons: 0, marks: 2 },
];

interface Told {
  readonly room: WallRoom;
  /** The rest is not opened here, but told in the reader. */
  readonly isWall: boolean;
}

export const WallRoomContext = createContext<Told>({ room: ROOMS[0], isWall: false });
export const useWallRoom = (): Told => use(WallRoomContext);
