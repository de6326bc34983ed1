import { Body, Controller, Get, Header, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  entriesQuery,
  entryGrid,
  entryList,
  entryQuery,
  entryReceipt,
  saveEntry,
  type EntriesQuery,
  type EntryGrid,
  type EntryList,
  type EntryQuery,
  type EntryReceipt,
  type SaveEntry,
} from '../contract/entry.js';
import * as p from '../contract/primitives.js';
import { Returns } from '../http/returns.js';
import { EntryService } from './entry.service.js';
import { EntryGridService } from './grid.service.js';
import { UndoService } from './undo.service.js';

@ApiTags('entry')
@Controller()
export class EntryController {
  constructor(
    private readonly grids: EntryGridService,
    private readonly entries: EntryService,
    private readonly undos: UndoService,
  ) {}

  @Get('entry')
  @Allow('records.read:benefit_value')
  @Header('Cache-Control', 'no-store') // what is due changes with the day, without a new version
  @Returns(entryGrid)
  grid(@Who() who: Principal, @Query({ schema: entryQuery }) query: EntryQuery): Promise<EntryGrid> {
    return this.grids.read(who, query);
  }

  @Put('entry')
  @Allow('records.write:benefit_value')
  @Returns(entryReceipt)
  save(@Who() who: Principal, @Body({ schema: saveEntry }) entry: SaveEntry): Promise<EntryReceipt> {
    return this.entries.save(who, entry);
  }

  @Get('entries')
  @Allow('records.write:benefit_value')
  @Returns(entryList)
  list(@Who() who: Principal, @Query({ schema: entriesQuery }) query: EntriesQuery): Promise<EntryList> {
    return this.entries.list(who, query);
  }

  @Get('entries/:id')
  @Allow('records.write:benefit_value')
  @Returns(entryReceipt)
  read(@Who() who: Principal, @Param('id', { schema: p.id }) id: string): Promise<EntryReceipt> {
    return this.entries.read(who, id);
  }

  @Post('entries/:id/undo')
  @HttpCode(200)
  @Allow('records.write:benefit_value')
  @Returns(entryReceipt)
  undo(@Who() who: Principal, @Param('id', { schema: p.id }) id: string): Promise<EntryReceipt> {
    return this.undos.undo(who, id);
  }
}
