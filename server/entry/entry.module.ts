import { Module } from '@nestjs/common';
import { BenefitsModule } from '../benefits/benefits.module.js';
import { EntryController } from './entry.controller.js';
import { EntryService } from './entry.service.js';
import { EntryGridService } from './grid.service.js';
import { UndoService } from './undo.service.js';

@Module({
  imports: [BenefitsModule],
  controllers: [EntryController],
  providers: [EntryGridService, EntryService, UndoService],
})
export class EntryModule {}
