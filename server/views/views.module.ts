import { Module } from '@nestjs/common';
import { ViewsController } from './views.controller.js';
import { SavedViews } from './views.service.js';

@Module({ controllers: [ViewsController], providers: [SavedViews] })
export class ViewsModule {}
