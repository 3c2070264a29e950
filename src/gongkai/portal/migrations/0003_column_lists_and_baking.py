from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0002_search_change'),
    ]

    operations = [
        migrations.CreateModel(
            name='BakeChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('item', '信息'), ('column', '栏目'), ('fixed', '固定页面'), ('site', '全站')], max_length=10, verbose_name='类别')),
                ('subject', models.PositiveIntegerField(default=0, help_text='信息或者栏目的编号，其他类别为 0。', verbose_name='编号')),
                ('path', models.CharField(blank=True, max_length=255, verbose_name='树中的位置')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='信息的发布时间')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='已试次数')),
                ('fault', models.TextField(blank=True, verbose_name='没有生成的原因')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
            ],
            options={
                'verbose_name': '待生成的静态页',
                'verbose_name_plural': '待生成的静态页',
            },
        ),
        migrations.CreateModel(
            name='BakedFile',
            fields=[
                ('name', models.CharField(max_length=900, primary_key=True, serialize=False, verbose_name='文件')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('packed_digest', models.CharField(blank=True, max_length=64, verbose_name='压缩副本的摘要')),
                ('page', models.PositiveIntegerField(db_index=True, default=0, verbose_name='页面')),
            ],
            options={
                'verbose_name': '静态页',
                'verbose_name_plural': '静态页',
            },
        ),
        migrations.CreateModel(
            name='BakeRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_first', models.BooleanField(default=False, verbose_name='全站生成的第一批')),
                ('lines', models.TextField(verbose_name='清单')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
            ],
            options={
                'verbose_name': '静态页清单',
                'verbose_name_plural': '静态页清单',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SharedStamp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(max_length=32, verbose_name='标记')),
            ],
            options={
                'verbose_name': '公共部分的标记',
                'verbose_name_plural': '公共部分的标记',
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('column', models.PositiveIntegerField(verbose_name='栏目')),
                ('item', models.PositiveIntegerField(db_index=True, verbose_name='信息')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('published_at', models.DateTimeField(verbose_name='发布时间')),
            ],
            options={
                'verbose_name': '栏目列表',
                'verbose_name_plural': '栏目列表',
                'indexes': [models.Index(fields=['column', 'year', 'published_at', 'item'], name='list_of_column')],
                'constraints': [models.UniqueConstraint(fields=('column', 'item'), name='once_in_a_column')],
            },
        ),
    ]
