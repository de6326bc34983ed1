import { Module } from '@nestjs/common';
import { RecordsModule } from '../records/records.module.js';
import { ConfirmationsController } from './confirmations.controller.js';
import { ConfirmationsService } from './confirmations.service.js';

@Module({
  imports: [RecordsModule],
  controllers: [ConfirmationsController],
  providers: [ConfirmationsService],
  exports: [ConfirmationsService],
})
export class ConfirmationsModule {}
